package io.github.sumnet.gradcheck;

import java.util.List;

/**
 * What came out of one design.
 *
 * @param design its name
 * @param samples how many samples its batch has
 * @param blindTo which faults it cannot show; empty if none are known
 * @param components the loss first, then the gradient by each weight
 */
public record DesignResult(
    String design, int samples, String blindTo, List<Component> components) {}
