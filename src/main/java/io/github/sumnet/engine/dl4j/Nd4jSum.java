package io.github.sumnet.engine.dl4j;

import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.chunk.GradientSum;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One where ND4J computes: on a GPU it stays there, and nobody waits for it.
 *
 * @param array flat, in the model's layout
 * @param own whether it is a copy, which has to be freed
 */
record Nd4jSum(INDArray array, boolean own) implements GradientSum {
  @Override
  public Nd4jSum copy() {
    return new Nd4jSum(array.dup(), true);
  }

  @Override
  public void add(GradientSum other) {
    array.addi(((Nd4jSum) other).array);
  }

  @Override
  public void storeIn(Dl4jModel model) {
    model.gradientSum().assign(array);
  }

  @Override
  public void close() {
    if (own) {
      array.close();
    }
  }
}
