// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  /** An outbox in memory, whose transaction is a list. */
  private static final class Memory implements Outbox<List<String>> {
    private final List<Submission> committed = new ArrayList<>();
    private final List<String> effects = new ArrayList<>();

    @Override
    public long append(Submission submission, Effect<? super List<String>> effect)
        throws IOException {
      effect.apply(effects);
      committed.add(submission);
      return committed.size() - 1L;
    }

    @Override
    public List<Submission> read(long from, int limit) {
      return committed.subList((int) from, committed.size());
    }

    @Override
    public long size() {
      return committed.size();
    }

    @Override
    public void trim(long before) {}
  }

  private final Memory outbox = new Memory();
  private final Ledger<List<String>> ledger = new Ledger<>(outbox);

  @Test
  void theReceiptNamesTheSequenceNumber() throws IOException {
    ledger.record(TestLog.record(0), TestLog.content(0));
    Receipt receipt = ledger.record(TestLog.record(1), TestLog.content(1), t -> t.add("released"));
    assertThat(receipt.index()).isEqualTo(1);
    assertThat(receipt.record()).isEqualTo(TestLog.record(1));
    assertThat(outbox.effects).containsExactly("released");
  }

  @Test
  void withoutTheEffectThereIsNoReceipt() {
    assertThatThrownBy(
            () ->
                ledger.record(
                    TestLog.record(0),
                    TestLog.content(0),
                    t -> {
                      throw new IOException("no");
                    }))
        .hasMessage("no");
    assertThat(outbox.committed).isEmpty();
  }

  @Test
  void whatARecordNamesMustComeWithIt() {
    assertThatThrownBy(() -> ledger.record(TestLog.record(0), List.of(TestLog.evidence(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing");
    assertThat(outbox.committed).isEmpty();
  }

  @Test
  void contentThatIsKeptAlreadyIsNotSubmittedAgain() throws IOException {
    ledger.record(TestLog.record(0), TestLog.content(0));
    ledger.record(TestLog.record(1), TestLog.content(1));
    assertThat(outbox.committed.get(0).content()).hasSize(3);
    assertThat(outbox.committed.get(1).content()).hasSize(1);
  }
}
