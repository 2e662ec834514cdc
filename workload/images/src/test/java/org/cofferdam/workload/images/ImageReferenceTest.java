// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  @ParameterizedTest
  @CsvSource({
    "nginx, docker.io/library/nginx:latest",
    "nginx:1.25, docker.io/library/nginx:1.25",
    "bitnami/redis, docker.io/bitnami/redis:latest",
    "localhost/orders:1.0, localhost/orders:1.0",
    "localhost:5000/a/b, localhost:5000/a/b:latest",
    "quay.io/prometheus/node-exporter:v1.8.0, quay.io/prometheus/node-exporter:v1.8.0"
  })
  void defaultsAreFilledIn(String text, String full) {
    assertThat(ImageReference.parse(text)).hasToString(full);
  }

  @Test
  void aDigestNeedsNoTag() {
    ImageReference reference = ImageReference.parse("quay.io/a/b@" + DIGEST);
    assertThat(reference.tag()).isEmpty();
    assertThat(reference.digest()).contains(OciDigest.parse(DIGEST));
  }

  @Test
  void pinningDropsTheTag() {
    ImageReference pinned = ImageReference.parse("nginx:1.25").pinned(OciDigest.parse(DIGEST));
    assertThat(pinned).hasToString("docker.io/library/nginx@" + DIGEST);
    assertThat(ImageReference.parse(pinned.toString())).isEqualTo(pinned);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "UPPER/Case",
        "a b",
        "a//b",
        "nginx:",
        "nginx@sha256:12",
        "/a",
        "a/../b",
        "a:b:c/d"
      })
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(MalformedEvidenceException.class);
  }
}
