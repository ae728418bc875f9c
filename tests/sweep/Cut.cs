using System.Globalization;
using Keyway.Boards.Virtual;

namespace Keyway.Tests.Sweep;

/// <summary>A power cut to come.</summary>
/// <param name="Step">At the n-th device step from here.</param>
/// <param name="Model">What it leaves.</param>
/// <param name="Seed">Decides what the model leaves to chance.</param>
public sealed record Cut(int Step, PowerCut Model, int Seed)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Cut Parse(string text)
    {
        string[] parts = text.Split('/');
        return new Cut(int.Parse(parts[0], CultureInfo.InvariantCulture),
            Enum.Parse<PowerCut>(parts[1]), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public override string ToString() => $"{Step}/{Model}/{Seed}";
}
