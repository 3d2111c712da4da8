package io.github.sumnet.train.run;

/**
 * Where the time before the first step went, in seconds.
 *
 * @param total from the start of the JVM to the first step
 * @param jvm how much of that passed before ND4J: the JVM, the command line, the run's folder
 * @param nd4j how much of it loading ND4J took
 * @param gradientCheck how much of it the gradient check took
 */
public record StartupTimes(double total, double jvm, double nd4j, double gradientCheck) {}
