/** Fields that requests about editions and their schedules share. */
import { z } from 'zod'

export const notebookSchema = z.string().max(500)
/** Texts of inputs by name. */
export const valuesSchema = z.record(z.string().max(200), z.string().max(20_000)).default({})
/** How many stay; null: any number. */
export const keepSchema = z.number().int().min(1).max(10_000).nullable()
/** From which age on they go; null: none by age. */
export const daysSchema = z.number().int().min(1).max(36_600).nullable()
