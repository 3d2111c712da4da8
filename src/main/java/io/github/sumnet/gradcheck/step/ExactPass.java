package io.github.sumnet.gradcheck.step;

import java.math.BigDecimal;
import java.util.List;

/**
 * One sample's forward and backward pass, every value right to about {@link ExactNetwork#DIGITS}
 * digits. Lists have a value for every hidden unit, the gradient one for every weight.
 *
 * @param z the hidden units' weighted inputs: z_j = x1·w1j + x2·w2j
 * @param a their activations: a_j = σ(z_j)
 * @param slope σ′(z_j)
 * @param zo the output's weighted input: zo = Σ a_j·wh_j
 * @param prediction ŷ = σ(zo)
 * @param outputSlope σ′(zo)
 * @param residual ŷ − y
 * @param loss ½(ŷ−y)²
 * @param deltaOutput (ŷ−y)·σ′(zo)
 * @param deltaHidden δ_j = deltaOutput·wh_j·σ′(z_j)
 * @param gradient the derivatives of the loss by the weights, in the order of the weights' names
 */
public record ExactPass(
    List<BigDecimal> z,
    List<BigDecimal> a,
    List<BigDecimal> slope,
    BigDecimal zo,
    BigDecimal prediction,
    BigDecimal outputSlope,
    BigDecimal residual,
    BigDecimal loss,
    BigDecimal deltaOutput,
    List<BigDecimal> deltaHidden,
    List<BigDecimal> gradient) {}
