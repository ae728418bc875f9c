using System.Security.Cryptography;

namespace Keyway.Tests.Host;

/// <summary>A line of mosquitto's password file: PBKDF2 with SHA-512, as mosquitto_passwd writes
/// it.</summary>
internal static class MosquittoPassword
{
    private const int Iterations = 101;
    private const int SaltBytes = 12;
    private const int HashBytes = 64;

    public static string Line(string user, string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(
            password, salt, Iterations, HashAlgorithmName.SHA512, HashBytes);
        return $"{user}:$7${Iterations}${Convert.ToBase64String(salt)}$"
            + Convert.ToBase64String(hash);
    }
}
