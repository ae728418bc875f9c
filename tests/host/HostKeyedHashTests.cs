using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

[TestClass]
public sealed class HostKeyedHashTests
{
    [TestMethod]
    public void Range_of_a_buffer_gives_the_mac_of_RFC_4231_test_case_2()
    {
        byte[] output = new byte[33];

        new HostKeyedHash().Compute(
            "Jefe"u8.ToArray(), "(what do ya want for nothing?)"u8.ToArray(), 1, 28, output);

        Assert.AreEqual(
            "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC384300",
            Convert.ToHexString(output));
    }
}
