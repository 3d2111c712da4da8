package io.github.sumnet.device;

import java.util.Properties;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whether ND4J's CPU backend computes, tried with a matrix product.
 *
 * @param works whether a matrix product came out right
 * @param detail why it does not work, else empty
 * @param blas the library that computes linear algebra, such as OPENBLAS; empty if unknown
 * @param ompThreads OpenMP threads, 0 if unknown
 * @param blasThreads threads of the linear algebra, 0 if unknown
 */
public record CpuFacts(boolean works, String detail, String blas, int ompThreads, int blasThreads) {

  /** Binds this JVM to the CPU backend and multiplies two matrices. Never throws. */
  public static CpuFacts ofThisMachine() {
    try {
      BackendBinding.bind(Device.CPU);
      String wrong = checkMatrixProduct();
      Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
      return new CpuFacts(
          wrong.isEmpty(),
          wrong,
          String.valueOf(environment.getOrDefault(Nd4jEnvironment.BLAS_VENDOR_KEY, "")),
          number(environment.get(Nd4jEnvironment.OMP_THREADS_KEY)),
          number(environment.get(Nd4jEnvironment.BLAS_THREADS_KEY)));
    } catch (RuntimeException | LinkageError failure) {
      return new CpuFacts(false, String.valueOf(failure.getMessage()), "", 0, 0);
    }
  }

  /** Empty if [[1 2] [3 4]] times [[5 6] [7 8]] is [[19 22] [43 50]]. */
  private static String checkMatrixProduct() {
    try (INDArray left = Nd4j.create(new double[][] {{1, 2}, {3, 4}});
        INDArray right = Nd4j.create(new double[][] {{5, 6}, {7, 8}});
        INDArray expected = Nd4j.create(new double[][] {{19, 22}, {43, 50}});
        INDArray product = left.mmul(right)) {
      return product.equals(expected)
          ? ""
          : "a matrix product came out as " + product + " instead of " + expected;
    }
  }

  private static int number(Object value) {
    return value instanceof Number number ? number.intValue() : 0;
  }
}
