using System.Text.Json.Nodes;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>A route of the API.</summary>
/// <param name="Path">With its slash.</param>
/// <param name="Methods">Those that it takes.</param>
/// <param name="Summary">For the OpenAPI document.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Changes">It changes something: it runs in a step of its own, and a repeat of it is
/// recognised.</param>
/// <param name="Run">Gives the answer without <c>ok</c>.</param>
internal sealed record ApiRoute(string Path, string[] Methods, string Summary,
    Parameter[] Parameters, bool Changes, Func<ApiCall, JsonObject> Run)
{
    /// <summary>Completes the answer once the step is done; null for nothing to wait for.</summary>
    public Func<ApiCall, JsonObject, CancellationToken, Task<JsonObject>>? Complete { get; init; }
}
