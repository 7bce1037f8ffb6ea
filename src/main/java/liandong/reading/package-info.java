/** How a short text in Chinese is read: one form, clauses, words in it, and sentences like it; knows no table. */
@org.jspecify.annotations.NullMarked
package liandong.reading;
