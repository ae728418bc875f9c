namespace Keyway.Tests.Faults;

/// <summary>A command of a run.</summary>
/// <param name="Topic">Behind the lock's prefix.</param>
/// <param name="Attempt">Its action_attempt_id.</param>
/// <param name="Payload">What is sent, each time the same.</param>
internal sealed record Order(string Topic, string Attempt, string Payload)
{
    private const int DoorSeconds = 60;

    public static Order Create(int seed, int number, string deviceId) =>
        Make("access_codes/create", seed, number,
            $",\"device_id\":\"{deviceId}\",\"code\":\"{246800 + number}\",\"name\":\"Ada\"");

    public static Order Update(int seed, int number, Order created) =>
        Make("access_codes/update", seed, number,
            $",\"access_code_id\":\"{created.Attempt}\",\"code\":\"{135700 + number}\"");

    public static Order Delete(int seed, int number, Order created) =>
        Make("access_codes/delete", seed, number, $",\"access_code_id\":\"{created.Attempt}\"");

    public static Order Unlock(int seed, int number, long utc) =>
        Make("locks/unlock_door", seed, number,
            $",\"issued_at\":\"{Iso(utc)}\",\"expires_at\":\"{Iso(utc + DoorSeconds)}\"");

    private static Order Make(string topic, int seed, int number, string members)
    {
        string attempt = new Guid(seed, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 1, (byte)number).ToString();
        return new Order(
            topic, attempt, $"{{\"action_attempt_id\":\"{attempt}\"{members}}}");
    }

    private static string Iso(long utc) =>
        DateTimeOffset.FromUnixTimeSeconds(utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'",
            System.Globalization.CultureInfo.InvariantCulture);
}
