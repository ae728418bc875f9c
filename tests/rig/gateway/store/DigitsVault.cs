// What must not be readable in the database: digits, payloads with digits, secrets.

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Seals with the framework's data protection, and marks digits so that equal ones can
/// be found without opening them.</summary>
/// <remarks>The mark is HMAC-SHA256 under a secret that is itself sealed: whoever has only the
/// database cannot try all digits.</remarks>
internal sealed class DigitsVault
{
    private const int SecretBytes = 32;
    private const string SecretName = "mark_secret";
    private readonly IDataProtector _seal;
    private readonly byte[] _secret;

    /// <summary>Opens the vault of a database; the first gateway makes its secret.</summary>
    /// <exception cref="CryptographicException">The key ring is not this database's.</exception>
    public DigitsVault(IDataProtectionProvider protection, GatewayDatabase database)
    {
        _seal = protection.CreateProtector("Keyway.Gateway.Digits");
        _secret = _seal.Unprotect(database.Write(db =>
        {
            List<byte[]> found = db.Query("SELECT value FROM meta WHERE name = $name",
                row => row.Bytes("value")!, ("$name", SecretName));
            if (found.Count > 0)
            {
                return found[0];
            }

            byte[] made = _seal.Protect(RandomNumberGenerator.GetBytes(SecretBytes));
            db.Run("INSERT INTO meta (name, value) VALUES ($name, $value)",
                ("$name", SecretName), ("$value", made));
            return made;
        }));
    }

    /// <summary>Seals a text.</summary>
    public byte[]? Seal(string? text) =>
        text == null ? null : _seal.Protect(Encoding.UTF8.GetBytes(text));

    /// <summary>Opens what was sealed.</summary>
    public string? Open(byte[]? sealedText) =>
        sealedText == null ? null : Encoding.UTF8.GetString(_seal.Unprotect(sealedText));

    /// <summary>The same for the same parts, and telling nothing of them.</summary>
    public byte[] Mark(params string[] parts) =>
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    /// <summary>The mark of digits on a device; null for none.</summary>
    public byte[]? MarkDigits(string deviceId, string? digits) =>
        digits == null ? null : Mark("digits", deviceId, digits);

    /// <summary>Says whether the key ring opens this database.</summary>
    public bool IsSound(SqliteConnection db) => db.Query(
        "SELECT value FROM meta WHERE name = $name", row => row.Bytes("value")!,
        ("$name", SecretName)).TrueForAll(made => _seal.Unprotect(made).Length == SecretBytes);
}
