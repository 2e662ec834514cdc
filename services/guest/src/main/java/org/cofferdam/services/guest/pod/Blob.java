// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import java.nio.file.Path;

/**
 * A blob in the guest's memory.
 *
 * @param file its bytes
 * @param digest hex SHA-256, computed from them
 */
public record Blob(Path file, String digest) {}
