// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import java.util.Optional;
import org.cofferdam.workload.images.ImageSource;
import org.cofferdam.workload.images.OciDigest;

/**
 * What a conversion needs to know beyond the manifests.
 *
 * @param images where image references are resolved
 * @param brokerKey SHA-256 of the broker's TLS SubjectPublicKeyInfo; measured, so that the guest
 *     asks no other broker. Needed where the workload has secrets.
 * @param logs whether the containers' output may leave the guest
 */
public record ConversionSettings(ImageSource images, Optional<OciDigest> brokerKey, boolean logs) {}
