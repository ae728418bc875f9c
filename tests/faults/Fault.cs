namespace Keyway.Tests.Faults;

/// <summary>What goes wrong on one connection.</summary>
/// <param name="Kind">What; none of the broker's or the power's.</param>
/// <param name="FromBroker">In which direction.</param>
/// <param name="Packet">At which packet of that direction, counted from 0.</param>
/// <param name="Percent">How much of it passes, for a cut inside; or how slow.</param>
internal sealed record Fault(FaultKind Kind, bool FromBroker, int Packet, int Percent);
