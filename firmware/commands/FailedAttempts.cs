// Attempts whose failure could not be stored, because storing is what failed. CommandRunner
// owns it.

using System;

namespace Keyway.Firmware;

/// <summary>The last few failed attempts, in RAM: a failure stays one while power lasts.</summary>
public sealed class FailedAttempts
{
    private readonly byte[] _ids = new byte[Limits.FailedAttempts * Uuid.SizeBytes];
    private int _next;
    private int _count;

    /// <summary>Notes an attempt; the oldest is forgotten.</summary>
    /// <param name="id">16 bytes.</param>
    public void Add(byte[] id)
    {
        Array.Copy(id, 0, _ids, _next * Uuid.SizeBytes, Uuid.SizeBytes);
        _next = (_next + 1) % Limits.FailedAttempts;
        _count = _count < Limits.FailedAttempts ? _count + 1 : _count;
    }

    /// <summary>True when an attempt is among them.</summary>
    /// <param name="id">16 bytes.</param>
    public bool Contains(byte[] id)
    {
        for (int i = 0; i < _count; i++)
        {
            if (Uuid.AreEqual(_ids, i * Uuid.SizeBytes, id, 0))
            {
                return true;
            }
        }

        return false;
    }
}
