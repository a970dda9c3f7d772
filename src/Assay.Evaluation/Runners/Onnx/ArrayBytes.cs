using System.Buffers;
using System.Runtime.InteropServices;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>The bytes of an array of numbers as they lie in memory, so that a pipe reads or fills them without a copy.</summary>
internal sealed unsafe class ArrayBytes(Array numbers, int length) : MemoryManager<byte>
{
    /// <inheritdoc/>
    public override Span<byte> GetSpan() => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(numbers), length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = GCHandle.Alloc(numbers, GCHandleType.Pinned);
        return new((byte*)handle.AddrOfPinnedObject() + elementIndex, handle);
    }

    /// <inheritdoc/>
    public override void Unpin() { } // the handle that Pin gave frees itself

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) { }
}
