// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.machine;

/**
 * Something this machine lacks.
 *
 * @param packageName Debian package
 * @param why what it is for, in words
 */
public record Need(String packageName, String why) {}
