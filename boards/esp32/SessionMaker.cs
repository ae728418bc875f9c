using Keyway.Hal;

namespace Keyway.Boards.Esp32;

/// <summary>Makes the session of an image; a board's Program chooses which.</summary>
/// <param name="broker">Where to connect; null: every connect fails.</param>
/// <param name="network">The session keeps it up; null with no broker.</param>
/// <param name="clock">For TLS it must be known: certificates have dates.</param>
public delegate IMqttSession SessionMaker(Broker broker, Network network, EspClock clock);
