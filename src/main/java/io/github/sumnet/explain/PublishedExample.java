package io.github.sumnet.explain;

import java.util.List;

/**
 * The worked example as the document prints it: rounded along the way, and with errors. Its a2 is
 * wrong in the fourth decimal, and so is what follows from it.
 */
public final class PublishedExample {
  /** Every figure with the digits that are printed. */
  public static final Values<String> VALUES =
      new Values<>(
          List.of("1.1", "1.87"),
          List.of("0.75026", "0.86607"),
          "0.36355",
          "0.58989",
          "3.67545",
          "-0.65584",
          List.of("-0.07382", "0.00760"),
          List.of("-0.08120", "0.00836", "-0.16241", "0.01672", "-0.49198", "-0.56795"),
          List.of("0.2081", "0.2992", "0.4162", "0.6983", "0.6492", "-0.0432"));

  private PublishedExample() {}
}
