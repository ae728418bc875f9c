using System.Text;
using Keyway.Boards.Virtual;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class ManagedHmacTests
{
    [TestMethod]
    public void Each_vector_of_RFC_4231_gives_its_mac() =>
        Assert.AreEqual("", HmacVectors.Compare(new ManagedHmac()));

    [TestMethod]
    public void Compute_leaves_no_trace_of_the_call_before()
    {
        ManagedHmac hmac = new();
        byte[] secret = Encoding.UTF8.GetBytes("Jefe");
        byte[] message = Encoding.UTF8.GetBytes("Hi There");
        byte[] first = new byte[32];
        byte[] second = new byte[32];
        hmac.Compute(secret, message, 0, message.Length, first);
        hmac.Compute(message, secret, 0, secret.Length, second);
        hmac.Compute(message, message, 0, 0, second);
        hmac.Compute(secret, message, 0, message.Length, second);
        CollectionAssert.AreEqual(first, second);
    }
}
