namespace Keyway.Hal;

/// <summary>One output: strike, LED or buzzer. The board hides which level is active.</summary>
public interface IOutputPin
{
    /// <summary>Takes the active or the safe level at once.</summary>
    /// <param name="active">True: energized, lit, sounding. False: the safe level.</param>
    void Write(bool active);
}
