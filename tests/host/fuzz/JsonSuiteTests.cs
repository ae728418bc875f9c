using Keyway.Firmware;
using Keyway.Tests.Fuzz;

namespace Keyway.Tests.Host.Fuzz;

/// <summary>The JSON reader over the cases of JSONTestSuite, beside System.Text.Json.</summary>
[TestClass]
public sealed class JsonSuiteTests
{
    private static readonly JsonSuite[] Cases = JsonSuite.All();

    [TestMethod]
    public void Table_holds_each_case_once_and_cases_of_each_kind()
    {
        Assert.HasCount(Cases.Length, Cases.Select(row => row.Name).Distinct());
        foreach (string kind in (string[])["y_", "n_", "i_"])
        {
            Assert.IsGreaterThan(20, Cases.Count(row => row.Name.StartsWith(kind)));
        }
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
    [DataRow("[", 100_000)]
    [DataRow("[", 500)]
    [DataRow("[{\"\":", 50_000)]
    public void Very_deep_nesting_is_refused(string opening, int times)
    {
        string json = string.Concat(Enumerable.Repeat(opening, times));
        Assert.AreEqual(JsonError.TooDeep, Read(System.Text.Encoding.ASCII.GetBytes(json)));
    }

    [TestMethod]
    public void Fuzzed_inputs_are_accepted_and_refused_in_numbers()
    {
        var random = new CsCheck.PCG(1, 1);
        int accepted = Enumerable.Range(0, 5000).Count(
            _ => Read(JsonMaker.Any.Generate(random, null, out var _)) == JsonError.None);
        Assert.IsInRange(500, 4500, accepted);
    }

    private static JsonError Read(byte[] json)
    {
        var reader = new JsonReader(
            Limits.PayloadBytes, Limits.PayloadDepth, Limits.PayloadMembers);
        reader.Begin(json, 0, json.Length);
        while (reader.Read() is not (JsonToken.End or JsonToken.Error))
        {
        }

        return reader.Error;
    }
}
