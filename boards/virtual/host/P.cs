namespace Keyway.Boards.Virtual.Host;
