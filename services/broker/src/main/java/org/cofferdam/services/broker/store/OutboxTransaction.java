// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.store;

import java.sql.Connection;

/**
 * The open transaction of a record.
 *
 * @param connection of the transaction
 * @param sequence the record's number
 */
public record OutboxTransaction(Connection connection, long sequence) {}
