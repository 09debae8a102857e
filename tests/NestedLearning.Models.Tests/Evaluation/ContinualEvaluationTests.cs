using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Evaluation;

public sealed class ContinualEvaluationTests
{
    [Fact]
    public void Run_LearnerThatAnswersTheLastLabel_MatrixByHand()
    {
        KeyedTaskStream stream = Streams.Separable();
        var learner = new LastLabel();

        ContinualResult result = ContinualEvaluation.Run(learner, stream);

        Assert.Equal(stream.Events, result.Events);
        Assert.Equal(stream.Events, learner.Learned);
        Assert.Equal(stream.Events, result.Prequential.Answers);
        Assert.Equal(3, learner.TasksEnded);
        for (int task = 0; task < 3; task++)
        {
            int last = stream.Tasks[task].Train[^1].Label;
            int right = stream.Tasks[task].Test.Count(example => example.Label == last);
            Assert.Equal((double)right / stream.Tasks[task].Test.Count, result.Accuracy[task, task]);
            Assert.All(Enumerable.Range(task + 1, 2 - task), after => Assert.Equal(0, result.Accuracy[task, after]));
        }
    }

    [Fact]
    public void Run_FirstEvent_AnsweredBeforeItIsLearned()
    {
        var learner = new LastLabel();

        ContinualEvaluation.Run(learner, Streams.Separable());

        Assert.Equal(-1, learner.FirstAnswer);
    }

    [Fact]
    public void Run_Progress_EndsWithEveryTask()
    {
        KeyedTaskStream stream = Streams.Separable();
        var reports = new List<ContinualProgress>();

        ContinualEvaluation.Run(new LastLabel(), stream, reports.Add);

        Assert.Equal(["task0", "task1", "task2"], reports.Select(report => report.Task));
        Assert.Equal(new ContinualProgress("last", "task2", stream.Events, stream.Events), reports[^1]);
    }

    [Fact]
    public void Run_Cancelled_StopsBetweenEvents()
    {
        using var source = new CancellationTokenSource();
        var learner = new LastLabel { OnLearn = learned => { if (learned == 3) { source.Cancel(); } } };

        Assert.Throws<OperationCanceledException>(
            () => ContinualEvaluation.Run(learner, Streams.Separable(), null, source.Token));
        Assert.Equal(3, learner.Learned);
    }

    private sealed class LastLabel : IContinualLearner
    {
        private int _last = -1;

        public string Name => "last";

        public Action<int> OnLearn { get; init; } = _ => { };

        public int Learned { get; private set; }

        public int TasksEnded { get; private set; }

        public int? FirstAnswer { get; private set; }

        public int Predict(in SparseVector key)
        {
            FirstAnswer ??= _last;
            return _last;
        }

        public void Learn(in SparseVector key, int label)
        {
            _last = label;
            OnLearn(++Learned);
        }

        public void EndTask() => TasksEnded++;
    }
}
