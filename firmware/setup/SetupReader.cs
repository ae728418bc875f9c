// From the bytes of a board's setup file to a LockSetup. A board calls it once, at start; it calls
// JsonReader and SetupValues. People type and copy the file: what is wrong is said by name.

using System;
using System.Text;

namespace Keyway.Firmware;

/// <summary>Reads and judges a setup file.</summary>
public sealed class SetupReader
{
    private const int UnknownNameBytes = 32;
    private const int SsidBytes = 32;
    private const int PassphraseMin = 8;
    private const int PassphraseMax = 64;
    private const int CredentialBytes = 128;
    private const int Never = -1;
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    // 64 sectors hold 1,000 codes, 256 hold 5,000. Another number is another region, and what lies
    // in the old one is lost: so only these two.
    private const int SmallCapacity = 1000;
    private const int SmallSectors = 64;
    private const int LargeSectors = 256;
    private readonly LockSetup _setup = new();
    private readonly AgentSettings _settings;
    private readonly JsonReader _json;
    private readonly SetupValues _values;
    private JsonToken _token;
    private string _name;

    private SetupReader(int sizeBytes)
    {
        _json = new JsonReader(sizeBytes, Limits.PayloadDepth, Limits.SetupMembers);
        _values = new SetupValues(_json);
        _settings = _setup.Settings;
    }

    /// <summary>Reads a file. What is wrong with it stands in the result.</summary>
    /// <param name="file">JSON, UTF-8, of any length and content; null: there is none. It is
    /// overwritten.</param>
    public static LockSetup Read(byte[] file)
    {
        if (file == null || file.Length == 0)
        {
            return new LockSetup { Problem = "the file is missing or empty" };
        }

        if (file.Length > Limits.SetupBytes)
        {
            return new LockSetup
            {
                Problem = "the file is longer than " + Limits.SetupBytes + " bytes",
            };
        }

        var reader = new SetupReader(file.Length);
        reader.ReadObject(file);
        Array.Clear(file, 0, file.Length);
        return reader._setup;
    }

    private void ReadObject(byte[] file)
    {
        _json.Begin(file, 0, file.Length);
        _token = _json.Read();
        if (_token != JsonToken.BeginObject && _token != JsonToken.Error)
        {
            _setup.Problem = "the file must be a JSON object";
            return;
        }

        while (_token != JsonToken.Error && _token != JsonToken.End)
        {
            _token = _json.Read();
            if (_token == JsonToken.Name)
            {
                ReadMember();
            }
        }

        if (_token == JsonToken.Error)
        {
            RefuseJson();
        }
        else
        {
            Finish();
        }
    }

    private void RefuseJson()
    {
        bool isTwice = _json.Error == JsonError.DuplicateMember && _json.Depth == 1;
        if (isTwice)
        {
            TakeName();
        }

        _setup.Problem = isTwice && PlaceOf(_name) >= 0
            ? _name + ": is given twice"
            : "not JSON at byte " + _json.Position + ": " + JsonErrors.TextOf(_json.Error);
    }

    private void ReadMember()
    {
        TakeName();
        bool isKnown = PlaceOf(_name) >= 0;
        if (!isKnown)
        {
            _setup.Unknown = _setup.Unknown == null ? _name : _setup.Unknown + ", " + _name;
        }

        _token = _json.Read();
        bool isNested = _token == JsonToken.BeginObject || _token == JsonToken.BeginArray;
        if (isNested && !_json.Skip())
        {
            _token = JsonToken.Error;
        }

        // Null and an empty string are the same as absent.
        bool isGiven = _token != JsonToken.Error && _token != JsonToken.Null
            && (_token != JsonToken.String || _json.TextCount > 0);
        if (isKnown && isGiven)
        {
            _values.Begin(_token);
            TakeForLock();
            TakeForNetwork();
            Refuse(_values.Problem);
        }
    }

    // The name comes from a file that a person has typed; no more of it than helps to find it.
    private void TakeName() => _name = Encoding.UTF8.GetString(_json.Buffer, _json.TextOffset,
        Utf8.CutLength(_json.Buffer, _json.TextOffset, _json.TextCount, UnknownNameBytes));

    private static int PlaceOf(string name) => name.IndexOf(' ') >= 0
        ? -1 : (" " + LockSetup.Members + " ").IndexOf(" " + name + " ");

    private void TakeForLock()
    {
        switch (_name)
        {
            case "device_id":
                _settings.DeviceId = _values.DeviceId();
                break;
            case "device_secret":
                _settings.DeviceSecret = _values.Secret();
                break;
            case "site_secret":
                _settings.SiteSecret = _values.Secret();
                break;
            case "offline_secret":
                _settings.OfflineSecret = _values.Secret();
                break;
            case "master_code":
                _settings.MasterCode = _values.MasterCode();
                break;
            case "capacity":
                _settings.Capacity = _values.Number(1, Limits.Slots, _settings.Capacity);
                _settings.FlashSectors =
                    _settings.Capacity > SmallCapacity ? LargeSectors : SmallSectors;
                break;
            case "strike_ms":
                _settings.StrikeMs = _values.Number(
                    Limits.StrikeShortestMs, Limits.StrikeLongestMs, _settings.StrikeMs);
                break;
            case "relock_with_door":
                _settings.RelocksWithDoor = _values.Flag();
                break;
            case "held_open_s":
                int seconds = _values.Number(Never, int.MaxValue, _settings.HeldOpenSeconds);
                _settings.HeldOpenSeconds = seconds == Never ? 0 : seconds;
                break;
            case "lockout_min":
                _settings.LockoutMinutes = _values.Number(Limits.LockoutMinutesMin,
                    Limits.LockoutMinutesMax, _settings.LockoutMinutes);
                break;
            case "home_assistant":
                _settings.DiscoveryPrefix = _values.Flag() ? HomeAssistant.DefaultPrefix : null;
                break;
        }
    }

    private void TakeForNetwork()
    {
        switch (_name)
        {
            case "wifi_ssid":
                _setup.WifiSsid = _values.Text(1, SsidBytes);
                break;
            case "wifi_password":
                _setup.WifiPassword = _values.Text(PassphraseMin, PassphraseMax);
                break;
            case "broker_host":
                _setup.BrokerHost = _values.Host();
                break;
            case "broker_port":
                _setup.BrokerPort = _values.Number(1, ushort.MaxValue, 0);
                break;
            case "broker_user":
                _setup.BrokerUser = _values.Text(1, CredentialBytes);
                break;
            case "broker_password":
                _setup.BrokerPassword = _values.Text(1, CredentialBytes);
                break;
            case "ca_certificate":
                _setup.CaCertificate = _values.Pem(isKey: false);
                break;
            case "client_certificate":
                _setup.ClientCertificate = _values.Pem(isKey: false);
                break;
            case "client_key":
                _setup.ClientKey = _values.Pem(isKey: true);
                break;
            case "ntp_server":
                _setup.NtpServer = _values.Host();
                break;
        }
    }

    // What must not be missing, and what only goes together.
    private void Finish()
    {
        bool hasCertificate = _setup.ClientCertificate != null;
        RequireGiven("device_id", _settings.DeviceId != null);
        RequireGiven("device_secret", _settings.DeviceSecret != null);
        RequireGiven("wifi_ssid", _setup.WifiSsid != null);
        RequireGiven("broker_host", _setup.BrokerHost != null);
        RequireGiven("ca_certificate", _setup.HasTls || !hasCertificate);
        RequireGiven("client_certificate", hasCertificate || _setup.ClientKey == null);
        RequireGiven("client_key", _setup.ClientKey != null || !hasCertificate);
        _settings.NeedsClockToConnect = _setup.HasTls;
        if (_setup.BrokerPort == 0)
        {
            _setup.BrokerPort = _setup.HasTls ? TlsPort : PlainPort;
        }
    }

    private void RequireGiven(string name, bool isGiven)
    {
        _name = name;
        Refuse(isGiven ? null : "is missing");
    }

    // The first mistake of each kind is the one that is said.
    private void Refuse(string problem)
    {
        if (problem == null)
        {
            return;
        }

        problem = _name + ": " + problem;
        if (PlaceOf(_name) >= PlaceOf("wifi_ssid"))
        {
            _setup.NetworkProblem ??= problem;
        }
        else
        {
            _setup.Problem ??= problem;
        }
    }
}
