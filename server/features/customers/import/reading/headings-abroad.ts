import type { ImportField } from '@ringdesk/shared/customer-import';

/**
 * Names of columns in the other languages in which Outlook, Google and Excel are used most, as `plainHeader` gives them: letters without marks.
 * German, French, Spanish, Italian, Portuguese, Ukrainian.
 */
export const namesAbroad: Partial<Record<ImportField, string>> = {
  name: `vollstandiger name, anzeigename, ansprechpartner, kunde, kundenname, kontakt, nom complet, client, contact, nombre completo, cliente,
    contacto, nome completo, піб, п і б, повне ім я, клієнт, найменування`,
  firstName: `vorname, rufname, prenom, nombre, nome, ім я`,
  lastName: `nachname, familienname, zuname, nom, nom de famille, apellido, apellidos, cognome, sobrenome, apelido, прізвище`,
  middleName: `weitere vornamen, zweiter vorname, deuxieme prenom, segundo nombre, secondo nome, segundo nome, по батькові`,
  company: `firma, firmenname, unternehmen, organisation, name der organisation, societe, entreprise, nom de l organisation, empresa, compania,
    organizacion, nombre de la organizacion, azienda, societa, organizzazione, organizacao, компанія, організація, фірма, підприємство`,
  phone: `rufnummer, handy, mobil, portable, movil, celular, cellulare, telemovel, мобільний, стаціонарний`,
  email: `e mail adresse, mailadresse, mail adresse, adresse de messagerie, courriel, adresse e mail, correo, correo electronico,
    direccion de correo electronico, posta elettronica, indirizzo e mail, indirizzo di posta elettronica, endereco de e mail, пошта,
    електронна пошта, електронна адреса`,
  tags: `kategorien, kategorie, schlagworte, libelles, categories, etiquetas, categorias, etichette, categorie, мітки, категорії`,
  note: `notiz, notizen, bemerkung, bemerkungen, kommentar, anmerkung, remarques, commentaire, commentaires, notas, observaciones, comentarios,
    observacoes, коментар, примітка, примітки, нотатки`,
};
