<#include "/types.ftl">
<@twinClasses>
<#assign coefficients = {
  "float": [
    "-0x1.0fa806p-7f", "0x1.573a9p-5f", "-0x1.555a6cp-3f", "0x1.fffdc4p-2f", "-0x1.fffff6p-1f"
  ],
  "double": [
    "-0x1.ad595aacee44dp-26", "0x1.28afb4e9a224ap-22", "-0x1.71df490d96535p-19",
    "0x1.a019973cd13c8p-16", "-0x1.a01a01119526ap-13", "0x1.6c16c185660cp-10",
    "-0x1.111111112f936p-7", "0x1.5555555550162p-5", "-0x1.55555555554b3p-3",
    "0x1.000000000000bp-1", "-1"
  ]
}[type]>
package io.github.sumnet.engine.fused;

/**
 * The fused engine's exponential in ${type}, operation by operation: every kernel makes the same ones
 * in the same order, so all of them compute the same bits.
 *
 * <p>e^−m = 2^n·e^−r with n = −m/ln 2 rounded to an integer and r = m + n·ln 2 within ±½·ln 2, ln 2
 * in two parts of which the first times n is exact. e^−r is a polynomial of degree ${degree}, the best with
 * constant term 1 for the relative error (Remez), off by <#if type == "float">9.2e-8<#else>3.4e-18</#if>. 2^n is added to the exponent's
 * bits.
 */
public final class ${Type}Formulas {
<#if type == "float">
  /**
   * At most so large is the relative error of e^−m for 0 ≤ m ≤ {@link #LARGEST}, in units of 2^-24:
   * 1.54 of the polynomial; 0.25 of the rounding of r, whose first product is exact; 1.42 of
   * Horner's last three roundings, of which those before the last count |r| ≤ 0.35 and r²/2.
   */
  public static final double ERROR_IN_UNITS = 3.25;

  /** Beyond it e^−m counts as e^−87 = 1.6e-38: 2^n has to stay a normal number. */
  public static final float LARGEST = 87;

  public static final float MINUS_LOG2_E = -0x1.715476p0f;

  /** Added and taken away again, it rounds to an integer, which its low bits show in between. */
  public static final float ROUNDER = 0x1.8p23f;

  public static final float LN2_HIGH = 0x1.62e4p-1f;
  public static final float LN2_LOW = 0x1.7f7d1cp-20f;
<#else>
  /** As in {@link FloatFormulas}, in units of 2^-53, but with 0.04 of the polynomial. */
  public static final double ERROR_IN_UNITS = 1.75;

  /** Beyond it e^−m counts as e^−708 = 3.3e-308: 2^n has to stay a normal number. */
  public static final double LARGEST = 708;

  public static final double MINUS_LOG2_E = -0x1.71547652b82fep0;

  /** Added and taken away again, it rounds to an integer, which its low bits show in between. */
  public static final double ROUNDER = 0x1.8p52;

  public static final double LN2_HIGH = 0x1.62e42fefa38p-1;
  public static final double LN2_LOW = 0x1.ef35793c7673p-45;
</#if>

<#list coefficients as c>
  public static final ${type} C${degree - c?index} = ${c};
</#list>

  /** Where the exponent's bits begin. */
  public static final int EXPONENT_SHIFT = <#if type == "float">23<#else>52</#if>;

  private ${Type}Formulas() {}

  /** e^−m for m ≥ 0. */
  static ${type} exp(${type} m) {
    ${type} bounded = Math.min(m, LARGEST);
    ${type} shifted = Math.fma(bounded, MINUS_LOG2_E, ROUNDER);
    ${type} n = shifted - ROUNDER;
    ${type} r = Math.fma(n, LN2_LOW, Math.fma(n, LN2_HIGH, bounded));
    ${type} p = Math.fma(C${degree}, r, C${degree - 1});
<#list degree - 2..1 as k>
    p = Math.fma(p, r, C${k});
</#list>
    p = Math.fma(p, r, 1);
    ${bits} exponent = ${Type}.${type}ToRaw${Bits}Bits(shifted) << EXPONENT_SHIFT;
    return ${Type}.${bits}BitsTo${Type}(exponent + ${Type}.${type}ToRaw${Bits}Bits(p));
  }
}
</@twinClasses>
