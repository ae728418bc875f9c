namespace Keyway.Boards.Virtual;

/// <summary>Told that a range of a chip's image has changed.</summary>
/// <param name="offset">The first byte.</param>
/// <param name="count">How many bytes.</param>
public delegate void ImageChangedCallback(int offset, int count);
