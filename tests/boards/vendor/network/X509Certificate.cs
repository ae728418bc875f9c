namespace System.Security.Cryptography.X509Certificates;

/// <summary>A PEM text; one without a dash cannot be read.</summary>
public class X509Certificate
{
    public X509Certificate(string pem)
    {
        if (!pem.StartsWith('-'))
        {
            throw new ArgumentException("no certificate");
        }
    }
}

/// <summary>A certificate with its key.</summary>
public sealed class X509Certificate2 : X509Certificate
{
    public X509Certificate2(string pem, string key, string password)
        : base(pem)
    {
    }
}
