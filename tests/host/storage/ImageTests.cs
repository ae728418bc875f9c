using Keyway.Tests.Sweep;

namespace Keyway.Tests.Host.Storage;

/// <summary>Damaged and arbitrary images.</summary>
[TestClass]
public sealed class ImageTests
{
    [TestMethod]
    public void Flipped_bits_cost_only_the_codes_they_touch_and_are_reported()
    {
        var rot = new BitRot(9, 700);
        for (int seed = 0; seed < 200; seed++)
        {
            rot.Run(seed);
        }

        Findings.AssertNone(rot.Findings);
    }

    [TestMethod]
    public void Any_image_mounts_and_loads_without_hanging_or_throwing()
    {
        var fuzz = new ImageFuzz();
        for (int seed = 0; seed < 150; seed++)
        {
            fuzz.Run(seed);
        }

        Findings.AssertNone(fuzz.Findings);
    }
}
