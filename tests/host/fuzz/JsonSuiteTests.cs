using Keyway.Firmware;
using Keyway.Tests.Fuzz;

namespace Keyway.Tests.Host.Fuzz;

/// <summary>The JSON reader over the cases of JSONTestSuite, beside System.Text.Json.</summary>
[TestClass]
public sealed class JsonSuiteTests
{
    private const int FuzzedInputs = 5000;
    private static readonly JsonSuite[] Cases = JsonSuite.All();

    [TestMethod]
    public void Table_holds_each_case_of_the_suite_once()
    {
        Assert.HasCount(Cases.Length, Cases.Select(row => row.Name).Distinct());
        Assert.AreEqual("y 95, n 188, i 35", string.Join(
            ", ", Cases.CountBy(row => row.Name[0]).Select(kind => $"{kind.Key} {kind.Value}")));
    }

    [TestMethod]
    public void Each_case_is_accepted_or_refused_as_the_table_says() =>
        Findings.AssertNone(
            from row in Cases
            let error = Read(row.Json)
            where row.Error == "Refused" ? error == JsonError.None : error.ToString() != row.Error
            select $"{row.Name}: {error}");

    [TestMethod]
    public void System_Text_Json_agrees_but_where_ours_is_stricter() =>
        Findings.AssertNone(
            from row in Cases
            let plain = PlainJson.Read(row.Json)
            where plain.IsSound != (Read(row.Json) == JsonError.None)
                || row.Name.StartsWith("y_") && plain.IsMalformed
                || row.Name.StartsWith("n_") && plain.IsSound
            select $"{row.Name}: malformed {plain.IsMalformed}, broken {plain.Broken.Count}");

    [TestMethod]
    public void Half_of_the_fuzzed_inputs_are_accepted_and_a_quarter_refused_near_their_end()
    {
        var random = new CsCheck.PCG(1, 1);
        int accepted = 0;
        int late = 0;
        for (int i = 0; i < FuzzedInputs; i++)
        {
            byte[] input = JsonMaker.Any.Generate(random, null, out var _);
            JsonReader reader = ReadAll(input);
            bool isAccepted = reader.Error == JsonError.None;
            accepted += isAccepted ? 1 : 0;
            late += !isAccepted && reader.Position * 3 >= input.Length * 2 ? 1 : 0;
        }

        Assert.IsInRange(FuzzedInputs * 47 / 100, FuzzedInputs * 53 / 100, accepted);
        Assert.IsInRange(FuzzedInputs * 23 / 100, FuzzedInputs * 29 / 100, late);
    }

    private static JsonError Read(byte[] json) => ReadAll(json).Error;

    private static JsonReader ReadAll(byte[] json)
    {
        var reader = new JsonReader(
            Limits.PayloadBytes, Limits.PayloadDepth, Limits.PayloadMembers);
        reader.Begin([.. json], 0, json.Length);
        while (reader.Read() is not (JsonToken.End or JsonToken.Error))
        {
        }

        return reader;
    }
}
