// From the bytes of a board's setup file to a LockSetup. A board calls it once, at start; it calls
// JsonReader. The file is typed and copied by people, so whatever is wrong is said by name.

using System;

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
    private readonly LockSetup _setup = new();
    private readonly JsonReader _json;
    private readonly SetupValues _values;
    private JsonToken _token;

    private SetupReader(int sizeBytes)
    {
        _json = new JsonReader(sizeBytes, Limits.PayloadDepth, Limits.SetupMembers);
        _values = new SetupValues(_json);
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

        Array.Clear(file, 0, file.Length);
    }

    private void RefuseJson()
    {
        SetupMember twice = _json.Error == JsonError.DuplicateMember && _json.Depth == 1
            ? SetupMembers.Read(_json) : SetupMember.None;
        _setup.Problem = twice != SetupMember.None
            ? SetupMembers.NameOf(twice) + ": is given twice"
            : "not JSON at byte " + _json.Position + ": " + JsonErrors.TextOf(_json.Error);
    }

    private void ReadMember()
    {
        SetupMember member = SetupMembers.Read(_json);
        if (member == SetupMember.None)
        {
            NoteUnknown();
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
        if (member != SetupMember.None && isGiven)
        {
            _values.Begin(_token);
            Refuse(member, SetupMembers.IsForNetwork(member)
                ? TakeNetwork(member) : TakeLock(member));
        }
    }

    // The name comes from a file that a person has typed; no more of it than helps to find it.
    private void NoteUnknown()
    {
        int count = Utf8.CutLength(
            _json.Buffer, _json.TextOffset, _json.TextCount, UnknownNameBytes);
        string name = System.Text.Encoding.UTF8.GetString(_json.Buffer, _json.TextOffset, count);
        _setup.Unknown = _setup.Unknown == null ? name : _setup.Unknown + ", " + name;
    }

    // The first mistake of each kind is the one that is said.
    private void Refuse(SetupMember member, string problem)
    {
        if (problem == null)
        {
            return;
        }

        problem = SetupMembers.NameOf(member) + ": " + problem;
        if (SetupMembers.IsForNetwork(member))
        {
            _setup.NetworkProblem ??= problem;
        }
        else
        {
            _setup.Problem ??= problem;
        }
    }

    private string TakeLock(SetupMember member)
    {
        switch (member)
        {
            case SetupMember.DeviceId:
                _setup.DeviceId = _values.Uuid();
                break;
            case SetupMember.DeviceSecret:
                _setup.DeviceSecret = _values.Secret();
                break;
            case SetupMember.SiteSecret:
                _setup.SiteSecret = _values.Secret();
                break;
            case SetupMember.OfflineSecret:
                _setup.OfflineSecret = _values.Secret();
                break;
            case SetupMember.MasterCode:
                _setup.MasterCode = _values.MasterCode();
                break;
            case SetupMember.Capacity:
                _setup.Capacity = _values.Number(1, Limits.Slots, 0);
                break;
            case SetupMember.StrikeMs:
                _setup.StrikeMs = _values.Number(
                    Limits.StrikeShortestMs, Limits.StrikeLongestMs, _setup.StrikeMs);
                break;
            case SetupMember.RelockWithDoor:
                _setup.RelocksWithDoor = _values.Flag();
                break;
            case SetupMember.HeldOpenSeconds:
                int seconds = _values.Number(Never, int.MaxValue, _setup.HeldOpenSeconds);
                _setup.HeldOpenSeconds = seconds == Never ? 0 : seconds;
                break;
            default:
                _setup.LockoutMinutes = _values.Number(
                    Limits.LockoutMinutesMin, Limits.LockoutMinutesMax, _setup.LockoutMinutes);
                break;
        }

        return _values.Problem;
    }

    private string TakeNetwork(SetupMember member)
    {
        switch (member)
        {
            case SetupMember.WifiSsid:
                _setup.WifiSsid = _values.Text(1, SsidBytes);
                break;
            case SetupMember.WifiPassword:
                _setup.WifiPassword = _values.Text(PassphraseMin, PassphraseMax);
                break;
            case SetupMember.BrokerHost:
                _setup.BrokerHost = _values.Host();
                break;
            case SetupMember.BrokerPort:
                _setup.GivenPort = _values.Number(1, ushort.MaxValue, 0);
                break;
            case SetupMember.BrokerUser:
                _setup.BrokerUser = _values.Text(1, CredentialBytes);
                break;
            case SetupMember.BrokerPassword:
                _setup.BrokerPassword = _values.Text(1, CredentialBytes);
                break;
            case SetupMember.CaCertificate:
                _setup.CaCertificate = _values.Pem(isKey: false);
                break;
            case SetupMember.ClientCertificate:
                _setup.ClientCertificate = _values.Pem(isKey: false);
                break;
            case SetupMember.ClientKey:
                _setup.ClientKey = _values.Pem(isKey: true);
                break;
            case SetupMember.HomeAssistant:
                _setup.IsForHomeAssistant = _values.Flag();
                break;
            default:
                _setup.NtpServer = _values.Host();
                break;
        }

        return _values.Problem;
    }

    // What must not be missing, and what only goes together.
    private void Finish()
    {
        RequireGiven(SetupMember.DeviceId, _setup.DeviceId != null);
        RequireGiven(SetupMember.DeviceSecret, _setup.DeviceSecret != null);
        RequireGiven(SetupMember.WifiSsid, _setup.WifiSsid != null);
        RequireGiven(SetupMember.BrokerHost, _setup.BrokerHost != null);
        bool hasCertificate = _setup.ClientCertificate != null;
        RequireGiven(SetupMember.CaCertificate, _setup.HasTls || !hasCertificate);
        RequireGiven(SetupMember.ClientCertificate, hasCertificate || _setup.ClientKey == null);
        RequireGiven(SetupMember.ClientKey, _setup.ClientKey != null || !hasCertificate);
    }

    private void RequireGiven(SetupMember member, bool isGiven) =>
        Refuse(member, isGiven ? null : "is missing");
}
