package liandong.table;

/**
 * What a workbook's 说明 sheet says of one of its tables.
 *
 * @param hitPolicy which of the rows that cover a fact count
 * @param complete whether some row covers every fact the table can be asked about (完整)
 */
public record TableContract(HitPolicy hitPolicy, boolean complete) {}
