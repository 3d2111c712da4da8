package io.github.sumnet.engine.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChunkSharesTest {
  @Property
  void alone_a_member_gets_its_own_chunks_first_and_then_all_others(
      @ForAll @IntRange(min = 1, max = 200) int chunks,
      @ForAll @IntRange(min = 1, max = 9) int members,
      @ForAll @IntRange(min = 0, max = 8) int drawn) {
    int member = drawn % members;
    ChunkShares shares = new ChunkShares(chunks, members);
    List<Integer> claimed = new ArrayList<>();
    for (int chunk = shares.claim(member); chunk >= 0; chunk = shares.claim(member)) {
      claimed.add(chunk);
    }
    int own = chunks * (member + 1) / members - chunks * member / members;
    assertThat(claimed.subList(0, own))
        .containsExactlyElementsOf(
            IntStream.range(0, own).mapToObj(i -> chunks * member / members + i).toList());
    assertThat(claimed)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, chunks).boxed().toList());
    assertThat(shares.claim(member)).isEqualTo(-1);
  }

  @Property(tries = 30)
  void together_members_claim_every_chunk_once(
      @ForAll @IntRange(min = 1, max = 3000) int chunks,
      @ForAll @IntRange(min = 2, max = 8) int members)
      throws Exception {
    ChunkShares shares = new ChunkShares(chunks, members);
    ExecutorService threads = Executors.newFixedThreadPool(members);
    try {
      List<Future<List<Integer>>> claims = new ArrayList<>();
      for (int m = 0; m < members; m++) {
        int member = m;
        claims.add(
            threads.submit(
                () -> {
                  List<Integer> mine = new ArrayList<>();
                  for (int c = shares.claim(member); c >= 0; c = shares.claim(member)) {
                    mine.add(c);
                  }
                  return mine;
                }));
      }
      List<Integer> all = new ArrayList<>();
      for (Future<List<Integer>> each : claims) {
        all.addAll(each.get());
      }
      assertThat(all)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, chunks).boxed().toList());
    } finally {
      threads.shutdownNow();
    }
  }
}
