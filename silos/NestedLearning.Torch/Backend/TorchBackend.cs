using System.Runtime.InteropServices;
using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Torch;

/// <summary>
/// The operations on TorchSharp, on the processor or a CUDA device. Tensors are libtorch's; what only looks at the memory of
/// another (a slice, a permutation, a broadcast) shares it, and the memory goes back with the last of them.
/// </summary>
/// <remarks>
/// All work of a device is in order: TorchSharp gives each device one stream, which every thread uses. An operation on CUDA
/// returns before it is computed; <see cref="Read"/> waits for it. Shapes are checked before libtorch sees them.
/// </remarks>
public sealed partial class TorchBackend : ITensorBackend
{
    [ThreadStatic]
    private static int _threadsOfThisThread;

    private readonly TorchMemory _memory;
    private readonly TorchOptions _options;
    private readonly torch.Device _device;
    private readonly int _threads;

    /// <summary>A backend on the device of the options.</summary>
    /// <exception cref="InvalidTorchOptionsException">An option is out of its range.</exception>
    /// <exception cref="TorchUnavailableException">The native libraries do not load; the message says what to install.</exception>
    /// <exception cref="TorchDeviceException">There is no such device here.</exception>
    public TorchBackend(TorchOptions? options = null)
    {
        _options = options ?? new TorchOptions();
        _options.Validate();
        TorchRuntime.Require();
        TorchDevices.Require(_options.Device);
        _threads = _options.Threads ?? TorchRuntime.DefaultThreads;
        _device = OnCuda ? new torch.Device(DeviceType.CUDA, _options.Device.Index) : torch.CPU;
        _memory = new TorchMemory(_options.Device, _options.MemoryLimitBytes);
    }

    /// <inheritdoc/>
    public string Name
    {
        get
        {
            string device = OnCuda ? TorchDevices.Describe(_options.Device) : $"cpu, {_threads} thread{(_threads == 1 ? "" : "s")}";
            return $"torch, {device}{(_options.Bfloat16From is null ? "" : ", large products in bfloat16")}";
        }
    }

    /// <summary>What its tensors hold at this moment, in bytes.</summary>
    public long BytesInUse => _memory.BytesInUse;

    private bool OnCuda => _options.Device.Kind == TorchDeviceKind.Cuda;

    /// <inheritdoc/>
    public Tensor Create(Shape shape, ReadOnlySpan<float> values)
    {
        ShapeRules.Values(nameof(Create), shape, values.Length);
        if (!OnCuda)
        {
            TorchTensor result = Make(nameof(Create), shape, () => torch.empty(Sizes(shape), torch.float32, torch.CPU));
            HostCopy.Write(values, result.Value);
            return result;
        }

        using torch.Tensor host = Call(nameof(Create), () => torch.empty(Sizes(shape), torch.float32, torch.CPU));
        HostCopy.Write(values, host);
        return Make(nameof(Create), shape, () => host.to(_device));
    }

    /// <inheritdoc/>
    public Tensor Fill(Shape shape, double value) => Make(nameof(Fill), shape, () =>
    {
        using Scalar scalar = value;
        return torch.full(Sizes(shape), scalar, torch.float32, _device);
    });

    /// <inheritdoc/>
    public Tensor Uniform(Shape shape, ulong seed)
    {
        float[] values = new float[shape.ElementCount];
        SeededValues.Uniform(seed, values);
        return Create(shape, values);
    }

    /// <inheritdoc/>
    public Tensor Normal(Shape shape, ulong seed)
    {
        float[] values = new float[shape.ElementCount];
        SeededValues.Normal(seed, values);
        return Create(shape, values);
    }

    /// <inheritdoc/>
    public void Read(Tensor x, Span<float> values)
    {
        ShapeRules.Values(nameof(Read), x.Shape, values.Length);
        using torch.Tensor host = Call(nameof(Read), () =>
        {
            using torch.Tensor dense = Own(x).Value.contiguous();
            return dense.cpu();
        });
        HostCopy.Read(host, values);
    }

    /// <inheritdoc/>
    public bool AllFinite(Tensor x)
    {
        // Zero times what is not finite is a NaN, and stays one in a sum.
        using torch.Tensor sum = Call(nameof(AllFinite), () =>
        {
            using Scalar zero = 0f;
            using torch.Tensor zeros = Own(x).Value.mul(zero);
            using torch.Tensor total = zeros.sum();
            return total.cpu();
        });
        return sum.item<float>() == 0;
    }

    private static long[] Sizes(Shape shape)
    {
        long[] sizes = new long[shape.Rank];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            sizes[axis] = shape[axis];
        }

        return sizes;
    }

    private TorchTensor Own(Tensor tensor) => tensor is TorchTensor own && own.Backend == this
        ? own
        : throw new ArgumentException($"The {tensor} belongs to another backend than this ({Name}).", nameof(tensor));

    /// <summary>A tensor with memory of its own, which is counted before libtorch is asked for it.</summary>
    private TorchTensor Make(string operation, Shape shape, Func<torch.Tensor> compute)
    {
        TorchAllocation allocation = _memory.Take(shape.ElementCount);
        try
        {
            return new TorchTensor(this, Call(operation, compute), allocation, shape);
        }
        catch
        {
            allocation.Release();
            throw;
        }
    }

    /// <summary>A tensor that shares the memory of <paramref name="x"/>.</summary>
    private TorchTensor View(string operation, TorchTensor x, Shape shape, Func<torch.Tensor, torch.Tensor> look) =>
        x.Share(Call(operation, () => look(x.Value)), shape);

    private torch.Tensor Call(string operation, Func<torch.Tensor> compute)
    {
        UseThreads();
        try
        {
            // A caller's scope of TorchSharp must not end the life of what only our tensor disposes.
            return compute().DetachFromDisposeScope();
        }
        catch (ExternalException native)
        {
            throw new TorchOperationException(operation, _options.Device, native);
        }
    }

    /// <summary>OpenMP counts threads for each thread that calls it, so each is told before it computes.</summary>
    private void UseThreads()
    {
        if (_threads != _threadsOfThisThread)
        {
            // A thread's first call makes libtorch give it the count set last by any thread: that has to be over by now.
            _ = torch.get_num_threads();
            torch.set_num_threads(_threads);
            _threadsOfThisThread = _threads;
        }
    }
}
