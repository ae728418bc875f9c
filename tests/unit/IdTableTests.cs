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
        ushort[] table = new ushort[Size];
        byte[] id = TestBook.Id(1);
        Assert.AreEqual(-1, IdTable.Find(table, id, 0, 0));
        IdTable.Put(table, 2, id, 0);
        IdTable.Put(table, 7, id, 0);
        IdTable.Put(table, 3, TestBook.Id(2), 0);
        Assert.AreEqual(2, IdTable.Find(table, id, 0, 0));
        Assert.AreEqual(7, IdTable.Find(table, id, 0, 3));
        Assert.AreEqual(-1, IdTable.Find(table, id, 0, Size));
        table[2] = 0;
        Assert.AreEqual(7, IdTable.Find(table, id, 0, 0));
    }

    [TestMethod]
    public void No_id_finds_the_empty_places()
    {
        ushort[] table = new ushort[Size];
        byte[] id = new byte[Uuid.SizeBytes];
        Assert.IsTrue(Uuid.TryRead(ZeroId, id, 0));
        Assert.AreEqual(-1, IdTable.Find(table, id, 0, 0));
        IdTable.Put(table, 5, id, 0);
        Assert.AreEqual(5, IdTable.Find(table, id, 0, 0));
    }
}
