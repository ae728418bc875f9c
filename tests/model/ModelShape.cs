namespace Keyway.Tests.Model;

/// <summary>What makes one lock under test differ from another.</summary>
/// <param name="Capacity">Slots.</param>
/// <param name="HasSiteSecret">It makes digits from a common code key.</param>
/// <param name="KnowsTime">Its clock is right from the first start on.</param>
public sealed record ModelShape(int Capacity, bool HasSiteSecret, bool KnowsTime)
{
    public const int SiteCodeLength = 6;
    public const int ShortestLength = 4;
    private const int PoolSlots = 3;

    public string DeviceId { get; } = "d0c0ffee-0000-4000-8000-000000000009";

    /// <summary>Slots kept free while the pool is on; of a small lock a quarter.</summary>
    public int Pool => Math.Min(Capacity / 4, PoolSlots);
}
