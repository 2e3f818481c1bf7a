export interface EventFields { [field: string]: string | number | boolean | readonly string[] | undefined }
