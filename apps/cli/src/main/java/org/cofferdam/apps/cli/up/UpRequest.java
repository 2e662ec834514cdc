// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.up;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param installation of this program
 * @param path manifests
 * @param tamper what to do to the launch folder, or null
 * @param noInstall whether packages must not be installed
 * @param pause whether to wait between prediction and launch
 */
record UpRequest(
    Installation installation,
    Path path,
    @Nullable Tamper tamper,
    boolean noInstall,
    boolean pause) {}
