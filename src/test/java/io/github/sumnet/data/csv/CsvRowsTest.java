package io.github.sumnet.data.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.DoubleBatch;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows need no CSV reader: the others are read by one, which takes many times as long. */
class CsvRowsTest {
  /** Beyond the piece, so that nobody reads there. */
  private static final String REST = "7";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2,3\n4,5,6",
        "1,2,3\n4,5,6\n",
        "\n\r\n1,2,3\r\n\n4,5,6\r\n\n",
        " 1,\t2 ,3\t\n4 , 5,6",
        "1.,+2,3e0\n.4e1,50e-1,06\n",
        "1,2,3\n4,5,6\r"
      })
  void plain_rows_are_split_at_their_commas(String text) {
    DoubleBatch rows = new DoubleBatch(2);

    assertThat(isPlain(text, rows)).isTrue();

    for (int column = 0; column < 3; column++) {
      assertThat(Arrays.copyOf(rows.column(column), 2)).containsExactly(column + 1, column + 4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1,2,3\n",
        "1,2,3\n4,5,6\n7,8,9\n",
        "1,2,3\n4,5,6x",
        "1,2\n4,5,6\n",
        "1,2\n3\n4,5,6\n",
        "1,2,3,4\n5,6\n",
        "1,2,3\n4,5,6,\n",
        "1,2,3\n4,5,\n",
        "1,,3\n4,5,6\n",
        "1,2,3\n\"4\",5,6\n",
        "1,2,3\n4,5,6\"\n",
        "1,2,3\n4,5,0.1f\n",
        "1,2,3\n4,5,NaN\n",
        "1,2,3\n4,5,1e999\n",
        "1,2,3\n4,5,\u00016\n",
        "1,2,3\n4, ,6\n",
        "1;2;3\n4;5;6\n"
      })
  void anything_else_is_left_to_a_reader(String text) {
    assertThat(isPlain(text, new DoubleBatch(2))).isFalse();
  }

  private static boolean isPlain(String text, DoubleBatch rows) {
    byte[] bytes = (text + REST).getBytes(UTF_8);
    rows.resize(2);
    return CsvRows.parsePlain(bytes, bytes.length - REST.length(), rows);
  }
}
