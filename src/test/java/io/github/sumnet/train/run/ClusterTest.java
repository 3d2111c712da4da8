package io.github.sumnet.train.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.sumnet.data.OptionException;
import org.junit.jupiter.api.Test;

class ClusterTest {
  @Test
  void a_build_without_one_says_how_to_get_one() {
    assumeThat(Cluster.find()).isEmpty();
    assertThatThrownBy(() -> Cluster.require("--master local[2]"))
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "--master local[2]: this build has no Spark; build one with 'mvn -B -q -Dquick -Pspark"
                + " -DskipTests package'");
  }
}
