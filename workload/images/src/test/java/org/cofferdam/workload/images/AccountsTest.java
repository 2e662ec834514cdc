// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final Accounts ACCOUNTS =
      Accounts.parse(
          "root:x:0:0:root:/root:/bin/sh\napp:x:100:101::/:/bin/false\nbroken\n",
          "root:x:0:\napp:x:101:\ndata:x:200:app,root\naudio:x:29:app\n");

  @Test
  void aNameGetsItsNumbersAndGroups() {
    assertThat(ACCOUNTS.resolve("app"))
        .isEqualTo(new Accounts.Identity(100, 101, List.of(29L, 200L)));
  }

  @Test
  void aNumberThatIsNamedGetsTheSame() {
    assertThat(ACCOUNTS.resolve("100")).isEqualTo(ACCOUNTS.resolve("app"));
  }

  @Test
  void aNumberThatIsNotNamedHasGroupZero() {
    assertThat(ACCOUNTS.resolve("5000")).isEqualTo(new Accounts.Identity(5000, 0, List.of()));
  }

  @Test
  void aStatedGroupReplacesTheOthers() {
    assertThat(ACCOUNTS.resolve("app:data")).isEqualTo(new Accounts.Identity(100, 200, List.of()));
    assertThat(ACCOUNTS.resolve("app:7")).isEqualTo(new Accounts.Identity(100, 7, List.of()));
  }

  @Test
  void nobodyIsRoot() {
    assertThat(ACCOUNTS.resolve("").uid()).isZero();
  }

  @Test
  void unknownNamesAreRefused() {
    assertThatThrownBy(() -> ACCOUNTS.resolve("nobody"))
        .isInstanceOf(MalformedEvidenceException.class);
    assertThatThrownBy(() -> ACCOUNTS.resolve("app:nobody"))
        .isInstanceOf(MalformedEvidenceException.class);
  }
}
