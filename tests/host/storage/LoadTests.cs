using Keyway.Boards.Virtual;
using Keyway.Firmware;

namespace Keyway.Tests.Host.Storage;

/// <summary>Loading while other things happen.</summary>
[TestClass]
public sealed class LoadTests
{
    private const int CannotSuspend = 0xC84016;
    private const int Codes = 100;

    [TestMethod]
    [DataRow(0xEF4017, DisplayName = "a part that can suspend")]
    [DataRow(CannotSuspend, DisplayName = "a part that cannot")]
    public void Sectors_made_ready_while_loading_hide_no_code(int partId)
    {
        StoredCodes stored = Stored(partId);
        var clock = new VirtualClock();
        W25qChip chip = stored.Shape.NewChip(clock, stored.Copy());
        StorageLife life = StorageShape.Make(chip, clock, stored.Shape);
        Assert.AreEqual(StorageStatus.Ok, life.Mount());
        life.Load(clock, true);
        stored.Judge(life, _ => false);
        Assert.AreEqual(Codes, life.Book.Count);
    }

    [TestMethod]
    public void Erase_that_begins_late_in_loading_loses_no_code()
    {
        StoredCodes stored = Stored(CannotSuspend);
        var clock = new VirtualClock();
        W25qChip chip = stored.Shape.NewChip(clock, stored.Copy());
        StorageLife life = StorageShape.Make(chip, clock, stored.Shape);
        Assert.AreEqual(StorageStatus.Ok, life.Mount());
        for (int i = 0; i < stored.Shape.Sectors + 4; i++)
        {
            life.Loader.Step();
        }

        life.Load(clock, true);
        stored.Judge(life, _ => false);
        Assert.AreEqual(Codes, life.Book.Count);
    }

    [TestMethod]
    public void Code_that_cannot_be_read_for_a_moment_is_not_written_over()
    {
        StoredCodes stored = Stored(0xEF4017);
        var clock = new VirtualClock();
        W25qChip chip = stored.Shape.NewChip(clock, stored.Copy());
        StorageLife life = StorageShape.Make(chip, clock, stored.Shape);
        life.Mount();
        for (int step = 0; !life.Loader.IsDone && step < StorageShape.MostSlices; step++)
        {
            chip.IsGone = step >= 12 && step < 14;
            life.Loader.Step();
        }

        chip.IsGone = false;
        var code = new AccessCode();
        for (int i = 0; i < 20; i++)
        {
            StoredCodes.OperationOf(Codes + i)
                .Fill(code, life.DeviceSecret, life.Attempts.Window.Next);
            Assert.AreEqual(StorageStatus.Ok, life.Book.Add(code, out int location));
            life.Attempts.Add(code.Bytes, location);
        }

        chip.LosePower(1);
        chip.RestorePower();
        life = StorageShape.Make(chip, clock, stored.Shape);
        Assert.AreEqual(StorageStatus.Ok, life.Mount());
        life.Load(clock, false);
        for (int i = 0; i < Codes; i++)
        {
            byte[] id = StoredCodes.OperationOf(i).AccessCodeId;
            Assert.IsGreaterThanOrEqualTo(0, life.Book.FindById(id, 0, code), $"code {i} is lost");
        }
    }

    private static StoredCodes Stored(int partId) =>
        new(new StorageShape(8, Codes + 30) { PartId = partId }, Codes, 5);
}
