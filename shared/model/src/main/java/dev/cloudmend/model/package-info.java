/**
 * The data that all parts of Cloudmend speak in, and its stable JSON form. No AWS SDK here.
 *
 * <p>Every record is written and read by {@link dev.cloudmend.model.Json}; absent parts are left
 * out, instants are ISO 8601 in UTC, ARNs are strings, and what an AWS API takes or returns keeps
 * that API's own member names.
 */
@NullMarked
package dev.cloudmend.model;

import org.jspecify.annotations.NullMarked;
