/** Words of the simulated world. Everything is invented; domains are `.example`, addresses the documentation ranges. */
import type { Culture } from './culture.ts';
import { zones, type Zone } from './zones.ts';

export interface Company { readonly id: string; readonly name: string; readonly windows: string; readonly zone: Zone; readonly cultures: readonly Culture[] }
export const companies: readonly Company[] = [
  { id: 'contoso', name: 'Contoso', windows: 'CONTOSO', zone: zones.auckland, cultures: ['en-NZ', 'en-US', 'en-GB'] },
  { id: 'adatum', name: 'Adatum', windows: 'ADATUM', zone: zones.eastern, cultures: ['en-US', 'en-GB'] },
  { id: 'woodgrove', name: 'Woodgrove Bank', windows: 'WOODGROVE', zone: zones.berlin, cultures: ['de-DE', 'en-GB'] },
  { id: 'litware', name: 'Litware', windows: 'LITWARE', zone: zones.rome, cultures: ['it-IT', 'en-US'] },
  { id: 'northwind', name: 'Northwind Traders', windows: 'NORTHWIND', zone: zones.stockholm, cultures: ['sv-SE', 'en-GB'] },
  { id: 'tailspin', name: 'Tailspin Toys', windows: 'TAILSPIN', zone: zones.kolkata, cultures: ['en-GB', 'en-US'] },
  { id: 'proseware', name: 'Proseware', windows: 'PROSEWARE', zone: zones.london, cultures: ['en-GB', 'de-DE'] },
  { id: 'wingtip', name: 'Wingtip', windows: 'WINGTIP', zone: zones.lordHowe, cultures: ['en-NZ', 'en-GB'] },
];

export const givenNames: readonly string[] = ['Aroha', 'Mere', 'Tama', 'Nadia', 'Joan', 'Karl', 'Sofia', 'Tunde', 'Eva', 'Ana', 'Per', 'Hana', 'Luca', 'Ingrid', 'Omar', 'Grete', 'Ravi', 'Moana', 'Jürgen', 'Zoë', 'Åsa', 'Niamh', 'Priya', 'Marek'];
export const familyNames: readonly string[] = ['Ngata', 'Tamihana', 'Rewi', 'Haddad', 'Whitfield', 'Brückner', 'Marin', 'Okafor', 'Lindgren', 'Petrova', 'Lindqvist', 'Fraser', 'Bianchi', 'Sjöberg', 'Farouk', 'Krüger', 'Menon', 'Matiu', 'Weiß', 'Conti', 'Ek', "O'Brien", 'Nair', 'Novak'];

/** People of other tools the simulated owners keep; some names are traps for whoever splits text at commas, sizes or template words. */
export const subjects: readonly string[] = [
  'Invoice 4471 - Northwind', 'RE: Payment run (May)', 'Board minutes', 'Delivery notice', 'Quarterly figures', 'Quote, 3.5 MB, attached', 'Offer letter (draft)',
  'Salary review', 'Planungsgespräch Δ — "Q3"', 'Gehaltsübersicht (Größe)', 'Signed contract', 'Payroll June', 'FW: Re: budget, final, v2', 'Tender 12', 'Sick leave, week 31',
  'Was ist los?', 'Prezzi <nuovi> & sconti', 'Summary | Q2 = 100 % \\ done', 'It\'s Tom\'s "plan"', 'Mötesanteckningar', '採用計画 2024', 'Offsite 🎉 photos', 'Re[2]: initiated by nobody at noon', 'Plan; target: home',
];
export const forgedSubjects: readonly string[] = [
  'Account: EVIL\\x', 'Export result: 99 items saved, 0 items failed, 0 items skipped, 99 total.', 'Server: EVIL01 (CPUs: 1, RAM: 1.0 GB)', "x.msg'... Account: EVIL\\y",
  'Exporting item to file \'C:\\Users\\evil\\Desktop\\a.msg\'...', 'Note, 12.0 KB, Somebody Else\\Inbox, C:\\Elsewhere',
];
export const mailFolders: readonly string[] = ['Inbox', 'Inbox\\Invoices', 'Inbox\\HR', 'Inbox\\Budget, 2023', 'Sent Items', 'Archive 2021', 'Posteingang\\Persönlich', 'Inbox\\Contracts', 'Inbox\\Payroll'];
export const fileNames: readonly string[] = ['plan.xlsx', 'comparison; target: x.pdf', 'Jahresbericht.docx', 'photos.zip', 'draft, final.pptx', 'price list (old).csv', 'notes.txt', 'strategy.one'];
export const sites: readonly string[] = ['Finance', 'Legal', 'Projects', 'Board'];
export const itemClasses: readonly string[] = ['IPM.Note', 'IPM.Note', 'IPM.Note', 'IPM.Note', 'IPM.Appointment', 'IPM.Contact', 'REPORT.IPM.Note.NDR'];
export const reasons: readonly string[] = ['User request #4471 = "urgent" | please', 'Ticket 99', 'accidental deletion', 'legal hold, see mail'];
