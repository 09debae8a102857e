using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;
using NestedLearning.Torch.Tests.Requirements;
using TorchSharp;

namespace NestedLearning.Torch.Tests.Backend;

[RequiresTorch]
public sealed class TorchBackendTests
{
    [ContractFact]
    public void Name_OfTheProcessor_TellsItsThreads()
    {
        Assert.Equal("torch, cpu, 1 thread", new TorchBackend(new TorchOptions { Threads = 1 }).Name);
        Assert.Matches("^torch, cpu, [0-9]+ threads?, large products in bfloat16$", new TorchBackend(new TorchOptions { Bfloat16From = 1 << 20 }).Name);
    }

    [ContractFact]
    public void Operations_Repeated_GiveTheSameBits()
    {
        var backend = new TorchBackend(new TorchOptions { Threads = 2 });
        float[] first = ManyOperations.Run(backend);
        Assert.True(Vectors.AllFinite(first));
        Assert.Equal(first, ManyOperations.Run(backend));
        Assert.Equal(first, ManyOperations.Run(new TorchBackend(new TorchOptions { Threads = 2 })));
        Assert.Equal(0, backend.BytesInUse);
    }

    [ContractFact]
    public void Operations_FromManyThreadsAtOnce_DoNotDisturbEachOther()
    {
        var backend = new TorchBackend(new TorchOptions { Threads = 1 });
        float[] expected = ManyOperations.Run(backend);
        Parallel.For(0, 6, _ => Assert.Equal(expected, ManyOperations.Run(backend)));
        Assert.Equal(0, backend.BytesInUse);
    }

    [ContractFact]
    public void Threads_OfTwoBackends_AreEachTheirOwnOnEveryThread()
    {
        var one = new TorchBackend(new TorchOptions { Threads = 1 });
        var two = new TorchBackend(new TorchOptions { Threads = 2 });
        for (int round = 0; round < 2; round++)
        {
            var thread = new Thread(() =>
            {
                Assert.Equal(1, ThreadsAfterWork(one));
                Assert.Equal(2, ThreadsAfterWork(two));
            });
            thread.Start();
            thread.Join();
            Assert.Equal(2, ThreadsAfterWork(two));
            Assert.Equal(1, ThreadsAfterWork(one));
        }
    }

    [ContractFact]
    public void MatrixMultiply_ShapesThatDoNotFit_IsRefusedAndTheProcessGoesOn()
    {
        var backend = new TorchBackend();
        using Tensor x = backend.Fill([2, 3], 1);
        using Tensor y = backend.Fill([4, 2, 3], 1);
        Assert.Throws<ShapeException>(() => backend.MatrixMultiply(x, x, false, false));
        Assert.Throws<ShapeException>(() => backend.MatrixMultiply(x, y, false, false));
    }

    [ContractFact]
    public void Result_MadeInsideAScopeOfTorchSharp_OutlivesIt()
    {
        var backend = new TorchBackend();
        Tensor result;
        using (torch.NewDisposeScope())
        {
            using Tensor x = backend.Fill([3], 2);
            result = backend.Apply(UnaryOperation.SiluSlope, x);
        }

        float[] values = new float[3];
        backend.Read(result, values);
        Assert.Equal(1.0908f, values[0], 1e-4f);
        result.Dispose();
    }

    [ContractFact]
    public void Operation_ThatLibtorchRefuses_IsATypedErrorOfOneLine()
    {
        // libtorch reduces tensors of at most 64 axes.
        var backend = new TorchBackend();
        using Tensor x = backend.Fill([.. Enumerable.Repeat(1, 65)], 1);

        var error = Assert.Throws<TorchOperationException>(() => backend.Reduce(Reduction.Sum, x, [0]));

        Assert.StartsWith("Sum on cpu: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(sizeof(float), backend.BytesInUse);
    }

    private static int ThreadsAfterWork(TorchBackend backend)
    {
        backend.Fill([1], 0).Dispose();
        return torch.get_num_threads();
    }
}
