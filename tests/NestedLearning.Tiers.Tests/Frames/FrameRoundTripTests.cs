using System.Buffers;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

public class FrameRoundTripTests
{
    [Fact]
    public void Decode_LosslessFrames_GivesTheSameFrame()
    {
        Random random = new(1);
        for (int i = 0; i < 1000; i++)
        {
            Frame frame = Frames.Random(random);

            Frame back = FrameCodec.Decode(FrameCodec.Encode(frame, EncodingPolicy.Lossless), FrameLimits.Default);

            FrameAssert.Equal(frame, back);
        }
    }

    [Fact]
    public void Encode_WhatALossyFrameDecodesTo_GivesTheSameBytes()
    {
        Random random = new(2);
        for (int i = 0; i < 1000; i++)
        {
            IEncodingPolicy policy = Frames.RandomPolicy(random);
            byte[] bytes = FrameCodec.Encode(Frames.Random(random), policy);

            byte[] again = FrameCodec.Encode(FrameCodec.Decode(bytes, FrameLimits.Default), policy);

            Assert.Equal(bytes, again);
        }
    }

    [Fact]
    public void Size_AnyFrame_IsWhatEncodeGives()
    {
        Random random = new(3);
        for (int i = 0; i < 1000; i++)
        {
            Frame frame = Frames.Random(random);
            IEncodingPolicy policy = Frames.RandomPolicy(random);

            Assert.Equal(FrameCodec.Encode(frame, policy).Length, FrameCodec.Size(frame, policy));
        }
    }

    [Fact]
    public void Encode_ToABuffer_OverwritesWhatItHeld()
    {
        Frame frame = Frames.With(new DenseTensor("a", [3], new float[] { 1, 2, 3 }), new BytesTensor("b", new byte[] { 9 }));
        ArrayBufferWriter<byte> buffer = new(1024);
        buffer.GetSpan(1024).Fill(0xAB);

        int length = FrameCodec.Encode(frame, EncodingPolicy.Lossless, buffer);

        Assert.Equal(FrameCodec.Encode(frame, EncodingPolicy.Lossless), buffer.WrittenSpan.ToArray());
        Assert.Equal(buffer.WrittenCount, length);
    }

    [Fact]
    public void Decode_FrameWithoutLevelAndSource_GivesNullForBoth()
    {
        Frame frame = new(new FrameHeader(FrameKind.Snapshot, new ModelId("m")), new TensorSet());

        FrameHeader header = FrameCodec.Decode(FrameCodec.Encode(frame, EncodingPolicy.Lossless), FrameLimits.Default).Header;

        Assert.Null(header.Level);
        Assert.Null(header.Source);
    }
}
