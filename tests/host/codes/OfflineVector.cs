using System.Text.Json;

namespace Keyway.Tests.Host.Codes;

/// <summary>A row of the contract's vectors of offline codes.</summary>
internal sealed record OfflineVector(
    string Secret, string Label, int StartHour, int Index, string Digits, long EndsAt,
    string AccessCodeId)
{
    private const string Path = "firmware/contract/offline-codes.json";

    private static readonly JsonSerializerOptions Options =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public byte[] SecretBytes => Convert.FromHexString(Secret);

    public static OfflineVector[] All() => JsonSerializer.Deserialize<OfflineVector[]>(
        File.ReadAllText(System.IO.Path.Combine(SourceTree.Root, Path)), Options)!;
}
