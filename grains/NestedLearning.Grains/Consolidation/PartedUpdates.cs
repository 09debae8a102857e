using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>Puts updates together that arrive in parts, in any order; bounded in number and size.</summary>
/// <param name="maxUploads">How many updates may lack parts; the oldest makes room.</param>
/// <param name="maxBytes">The longest update.</param>
public sealed class PartedUpdates(int maxUploads, int maxBytes)
{
    private readonly Dictionary<Guid, Upload> _uploads = [];
    private readonly Queue<Guid> _oldest = new();

    /// <summary>Takes a part; the whole update once it is complete.</summary>
    /// <exception cref="FrameException">The update is longer than a level takes, or the part is not within it.</exception>
    public ReadOnlyMemory<byte>? Take(UpdatePart part)
    {
        Check(part);
        if (part.IsWhole)
        {
            return part.Part.Bytes;
        }

        if (!_uploads.TryGetValue(part.Upload, out Upload? upload))
        {
            upload = Open(part);
        }

        if (!upload.Take(part))
        {
            return null;
        }

        _uploads.Remove(part.Upload);
        return upload.Bytes;
    }

    private Upload Open(UpdatePart part)
    {
        // An upload whose sender is gone makes room; a sender that is only slow begins again.
        while (_uploads.Count >= maxUploads)
        {
            _uploads.Remove(_oldest.Dequeue());
        }

        _oldest.Enqueue(part.Upload);
        return _uploads[part.Upload] = new Upload(part.TotalBytes);
    }

    private void Check(UpdatePart part)
    {
        if (part.TotalBytes < 1 || part.TotalBytes > maxBytes)
        {
            throw new FrameException(FrameProblem.BadValue, nameof(part.TotalBytes), $"is {part.TotalBytes}, accepted are 1 to {maxBytes}");
        }

        if (part.Offset < 0 || part.Part.Bytes.Length < 1 || part.Offset > part.TotalBytes - part.Part.Bytes.Length)
        {
            throw new FrameException(
                FrameProblem.BadValue, nameof(part.Offset), $"is {part.Offset} with {part.Part.Bytes.Length} bytes of {part.TotalBytes}");
        }
    }

    private sealed class Upload(int totalBytes)
    {
        private readonly byte[] _bytes = new byte[totalBytes];
        private readonly HashSet<int> _offsets = [];
        private int _taken;

        public ReadOnlyMemory<byte> Bytes => _bytes;

        /// <returns>Whether the update is complete.</returns>
        public bool Take(UpdatePart part)
        {
            if (part.TotalBytes == totalBytes && _offsets.Add(part.Offset))
            {
                part.Part.Bytes.CopyTo(_bytes.AsMemory(part.Offset));
                _taken += part.Part.Bytes.Length;
            }

            return _taken == totalBytes;
        }
    }
}
