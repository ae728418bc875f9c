using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Unit;

/// <summary>HMAC-SHA256 that gives two offline codes the same tag.</summary>
internal sealed class TwinHash : IKeyedHash
{
    private readonly ManagedHmac _hmac = new();
    private readonly bool _isOneTime;
    private readonly int _startHour;
    private readonly bool _isTwinOneTime;
    private readonly int _twinStart;

    internal TwinHash(bool isOneTime, int startHour, bool isTwinOneTime, int twinStart)
    {
        _isOneTime = isOneTime;
        _startHour = startHour;
        _isTwinOneTime = isTwinOneTime;
        _twinStart = twinStart;
    }

    /// <inheritdoc/>
    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output)
    {
        _hmac.Compute(secret, buffer, offset, count, output);
        int start = buffer[1] << 24 | buffer[2] << 16 | buffer[3] << 8 | buffer[4];
        if (IsOf(buffer[0], start, _isOneTime, _startHour)
            || IsOf(buffer[0], start, _isTwinOneTime, _twinStart))
        {
            output[31] = 0;
            output[3] = 1;
            output[0] = output[1] = output[2] = 0;
        }
    }

    private static bool IsOf(byte label, int start, bool isOneTime, int startHour) =>
        label == (isOneTime ? 'o' : 'b') && start == startHour;
}
