package io.github.sumnet.train.run;

import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.train.TrainingResult;

/**
 * What a run came to.
 *
 * @param training the training
 * @param check the gradient check before it
 * @param startup what passed before the first step
 */
public record RunResult(TrainingResult training, GradientReport check, StartupTimes startup) {}
