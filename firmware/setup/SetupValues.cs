// The values of a setup file, for SetupReader: each method takes the value that the reader stands
// at, and says what it must be if it is not.

using System.Text;

namespace Keyway.Firmware;

/// <summary>Reads one value after another.</summary>
internal sealed class SetupValues
{
    private const int HostBytes = 253;
    private readonly JsonReader _json;
    private JsonToken _token;

    /// <summary>Wires it.</summary>
    /// <param name="json">Stands at a value.</param>
    internal SetupValues(JsonReader json) => _json = json;

    /// <summary>What the last value must be and is not; null when it is.</summary>
    internal string Problem { get; private set; }

    /// <summary>The next value begins.</summary>
    internal void Begin(JsonToken token)
    {
        _token = token;
        Problem = null;
    }

    /// <summary>A UUID as text, in lower case; null when it is none.</summary>
    internal string DeviceId()
    {
        var id = new byte[Uuid.SizeBytes];
        return _token == JsonToken.String
            && Uuid.TryRead(_json.Buffer, _json.TextOffset, _json.TextCount, id, 0)
            ? Uuid.ToText(id, 0) : Refuse("must be a UUID");
    }

    /// <summary>A secret of 32 bytes; null when it is none.</summary>
    internal byte[] Secret()
    {
        var secret = new byte[DeviceSecret.SizeBytes];
        if (_token == JsonToken.String && SecretText.TryRead(
            _json.Buffer, _json.TextOffset, _json.TextCount, secret))
        {
            return secret;
        }

        Refuse("must be base64 of 32 bytes");
        return null;
    }

    /// <summary>The digits of a master code; null when they are none.</summary>
    internal string MasterCode()
    {
        string digits = _token == JsonToken.String ? _json.TextToString() : "";
        return Firmware.MasterCode.IsSound(Encoding.UTF8.GetBytes(digits))
            ? digits
            : Refuse("must be a string of " + Limits.MasterDigitsMin + " to "
                + Limits.CodeDigitsMax + " digits");
    }

    /// <summary>A whole number; 0 stands for the default.</summary>
    internal int Number(int least, int most, int byDefault)
    {
        if (_token == JsonToken.Number && _json.TryGetInt64(out long value)
            && (value == 0 || value >= least && value <= most))
        {
            return value == 0 ? byDefault : (int)value;
        }

        Refuse("must be a whole number from " + least + " to " + most + ", or 0 for the default");
        return byDefault;
    }

    /// <summary>True or false, or 1 or 0.</summary>
    internal bool Flag()
    {
        bool isNumber = _token == JsonToken.Number;
        long value = 0;
        bool isSound = isNumber ? _json.TryGetInt64(out value) && value >= 0 && value <= 1
            : _token == JsonToken.True || _token == JsonToken.False;
        if (!isSound)
        {
            Refuse("must be true or false");
        }

        return isSound && (_token == JsonToken.True || value == 1);
    }

    /// <summary>Text of a bounded size; null when it is anything else.</summary>
    internal string Text(int least, int most) =>
        _token == JsonToken.String && _json.TextCount >= least && _json.TextCount <= most
            ? _json.TextToString()
            : Refuse("must be a string of " + least + " to " + most + " bytes");

    /// <summary>A host name or an address; null when it cannot be one.</summary>
    internal string Host()
    {
        bool isSound = _token == JsonToken.String && _json.TextCount <= HostBytes;
        for (int i = 0; i < _json.TextCount && isSound; i++)
        {
            byte letter = _json.Buffer[_json.TextOffset + i];
            isSound = letter > ' ' && letter < 0x7F && letter != '/' && letter != ':';
        }

        return isSound
            ? _json.TextToString()
            : Refuse("must be a host name or an address, without scheme and port");
    }

    /// <summary>PEM text; null when it is not of that kind. What is in it only the runtime can
    /// judge.</summary>
    internal string Pem(bool isKey)
    {
        string text = _token == JsonToken.String ? _json.TextToString() : "";
        bool isSound = text.StartsWith("-----BEGIN ")
            && (isKey ? text.IndexOf("PRIVATE KEY-----") > 0 && text.IndexOf("ENCRYPTED") < 0
                : text.StartsWith("-----BEGIN CERTIFICATE-----"))
            && text.IndexOf("-----END ") > 0;
        return isSound
            ? text
            : Refuse(isKey ? "must be the PEM text of a private key without a password"
                : "must be the PEM text of a certificate");
    }

    private string Refuse(string problem)
    {
        Problem = problem;
        return null;
    }
}
