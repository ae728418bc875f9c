using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class IdTableTests
{
    private const int Size = 8;

    // Its fingerprint would be 0.
    private const string ZeroId = "a77e3b70-0000-4000-8000-000000007356";

    [TestMethod]
    public void An_id_is_found_at_each_of_its_places()
    {
        IdTable table = new(Size);
        byte[] id = TestBook.Id(1);
        Assert.AreEqual(-1, table.Find(id, 0, 0));
        table.Put(2, id, 0);
        table.Put(7, id, 0);
        table.Put(3, TestBook.Id(2), 0);
        Assert.AreEqual(2, table.Find(id, 0, 0));
        Assert.AreEqual(7, table.Find(id, 0, 3));
        Assert.AreEqual(-1, table.Find(id, 0, Size));
        table.Clear(2);
        Assert.AreEqual(7, table.Find(id, 0, 0));
    }

    [TestMethod]
    public void No_id_finds_the_empty_places()
    {
        IdTable table = new(Size);
        byte[] id = new byte[Uuid.SizeBytes];
        Assert.IsTrue(Uuid.TryRead(ZeroId, id, 0));
        Assert.AreEqual(-1, table.Find(id, 0, 0));
        table.Put(5, id, 0);
        Assert.AreEqual(5, table.Find(id, 0, 0));
    }
}
